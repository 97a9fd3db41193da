"""Users and clients of a provider: who they are, whom they let in, their stock of KeyPackages."""
