"""What clients do in this draft, beside what every draft's clients do.

leaves         what their leaves and the GroupContext of a new room hold
roster         what proposals go with clients that come and go, and with leaving
join_info      what one learns from the hub to join without a Welcome, encrypted for the joiner
writing        commands become requests
reading        what waits in a queue
"""
