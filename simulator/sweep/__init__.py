"""Many runs of scenarios, on one machine or several.

engines/   where functions are run: in this process, in processes of their own, or on a Dask cluster
"""
