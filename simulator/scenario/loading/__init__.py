"""From the text of a scenario file to scenarios that can be run, or to all that is wrong with it.

    path -> file_text -> libyaml or composing, tree (YAML with positions)
         -> including, draft_choice, by_draft, variants, substitution, generated_topologies (trees from trees)
         -> conversion (typed values, all mistakes at once) -> loader: one Scenario per combination of the matrix

`pipeline` is that way from the text to what can be run; `old_words` and `fix_old_words` tell and mend what is called
otherwise now.
`problems` is how a mistake is said: place, line, caret, nearest valid name. `shipped` is what comes with the package.
"""
