"""Features that not every draft has: scenarios' steps say which ones they need, drafts which ones they lack."""

from enum import StrEnum


class DraftFeature(StrEnum):
    """Something that a draft may know or not."""

    groups = "groups"
    """Clients make groups, whose messages a hub orders."""
    consent = "consent"
    """Users ask each other, and answer, before one adds the other to groups."""
    provider_keys = "provider_keys"
    """Providers sign requests with keys of their own, and tell others the public keys."""
    service_hosts = "service_hosts"
    """A provider's endpoints may be at another host than its own domain, which discovery names."""
    shared_hosts = "shared_hosts"
    """Several providers may be served by one host: a request says which of them it is for."""
    optional_mutual_tls = "optional_mutual_tls"
    """Providers may do without certificates of TLS clients."""
    last_resort = "last_resort"
    """A KeyPackage of last resort is handed out when no other is left."""
    connection_groups = "connection_groups"
    """Two users agree to a connection in a group of their own."""
    key_packages_for_connections = "key_packages_for_connections"
    """KeyPackages for connections are another sort than those for groups."""
    roles = "roles"
    """Members have roles, and groups settings, which change while the group lives."""
    reports = "reports"
    """What was said can be proven to the hub, and reported."""
    delete_group = "delete_group"
    """A member tells the hub that a group is over."""
    re_initialize_group = "re_initialize_group"
    """A group makes way for a successor."""
