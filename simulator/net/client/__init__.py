"""The client: an httpx transport with a pool of its own, over the network with its faults."""
