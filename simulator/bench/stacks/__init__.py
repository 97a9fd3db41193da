"""HTTP servers and clients that answer the same request: 500 octets up, 200 down, over warm TLS 1.3 connections.

    ours        the simulator's client and server adapters, which record everything
    documented  hypercorn and httpx, as their documentation has them
    asyncio_stacks  uvicorn with httpx, and with aiohttp on uvloop: on an event loop in a thread of its own

A stack is opened and then asked, so many at a time, for as long as a sample takes; server and client share one process.
"""
