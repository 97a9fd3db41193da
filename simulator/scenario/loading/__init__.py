"""From the text of a scenario file to scenarios that can be run, or to all that is wrong with it.

    path -> files -> composing, tree (YAML with positions)
         -> including, variants, substitution, generating (trees from trees)
         -> reader (typed values, all mistakes at once) -> reading -> loader: one Scenario per combination of the matrix

`problems` is how a mistake is said: place, line, caret, nearest valid name. `shipped` is what comes with the package.
"""
