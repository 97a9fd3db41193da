"""Many runs, of scenarios or of whatever else has a plan, on one machine or several.

    loading -> experiment (seeds, axes, scenario_paths, values: its fields)
            -> settings (the scenarios, each with all axes but its seed) -> plan: the runs, each with its key
            -> sweeping: what is not there yet goes through an engine, as one_run, and comes back as rows
            -> results: a folder, identity (of which sweep it is), columns (of its Parquet data set)
            -> figures (how far it is), page/ (heat maps, curves, failures by cause)

    planned    what a plan and its runs are to all that follows, whatever is run: another kind is in `fuzzing`
    engines/   where functions are run: in this process, in processes of their own, or on a Dask cluster
    tally      what has ended, by setting, and whether the stop rule wants more; intervals: how sure one can be
    causes     why a run failed, in words that are the same for the same mistake
    shrinking/ a failing run's scenario reduced to the smallest that still fails so
    exploring/ random runs guided by what they reach, instead of the whole product

A run's key follows from its axes alone, and a run's row from its key and its scenario, but for the columns of costs:
whatever engine runs it, and however often a sweep is stopped, each run is there once and says the same.
"""
