"""Messages on their way: to queues of our own clients, to the outbox for other providers."""
