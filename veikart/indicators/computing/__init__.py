"""From a definition, its data sets and the country's division to a Result and its Figures.

Pure: no tables of ours, no settings, no clock. What the writing side calls:

    compute(definition: Indicator,
            data_sets: Sequence[tuple[DataSet, pyarrow.Table | Path]],
            *, geography: Geography, borders: date, backend: Any) -> Computed
    inputs_of(definition: Indicator, data_sets: Sequence[DataSet],
              *, borders: date, engine: str = ENGINE, places: str = "") -> str

in `veikart.indicators.computing.compute` and `veikart.indicators.computing.inputs`. They import the
calculation engine, which takes a second: import them where calculation is asked for.
"""
