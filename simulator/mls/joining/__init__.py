"""KeyPackages, GroupInfos and Welcomes: founding a group and coming into one (RFC 9420 10, 11, 12.4.3)."""
