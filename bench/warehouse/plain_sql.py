"""The baseline: each query of the workload as plain DuckDB SQL, as one who knows it would write it.

Each query gives rows that `totals` of the same name adds up to the workload's check sums.
"""

from pathlib import Path

import duckdb

MUNICIPALITY = """
  municipality AS MATERIALIZED (
    SELECT ind, year, month, muni AS area, sum(num)::BIGINT AS numerator,
           (sum(den) FILTER (num IS NOT NULL))::BIGINT AS denominator
    FROM observations GROUP BY ALL)"""

LEVELS = f"""{MUNICIPALITY},
  county AS MATERIALIZED (
    SELECT ind, year, month, county AS area, sum(numerator)::BIGINT AS numerator,
           sum(denominator)::BIGINT AS denominator
    FROM municipality JOIN tree ON municipality = area GROUP BY ALL),
  nation AS (
    SELECT ind, year, month, 0 AS area, sum(numerator)::BIGINT AS numerator,
           sum(denominator)::BIGINT AS denominator
    FROM county GROUP BY ALL),
  summed AS (
    SELECT *, 'municipality' AS level FROM municipality UNION ALL
    SELECT *, 'county' FROM county UNION ALL
    SELECT *, 'nation' FROM nation)"""

QUERIES = {
    "scan": "SELECT sum(num) AS num, sum(den) AS den, count(*) AS n FROM observations",
    "rollup": f"""
WITH {LEVELS}
SELECT ind, year, month, level, area, numerator, numerator / denominator AS share FROM summed""",
    "cover": """
WITH unit AS (
    SELECT ind, year, month, muni AS area, coalesce(sum(num), 0)::BIGINT AS covered,
           sum(den)::BIGINT AS every,
           coalesce(sum(den) FILTER (num IS NULL), 0)::BIGINT AS unknown
    FROM observations GROUP BY ALL),
  judged AS (
    SELECT *, CASE WHEN 2 * covered >= every THEN 1 ELSE 0 END AS offers,
           CASE WHEN 2 * covered < every AND 2 * (covered + unknown) >= every
                THEN 1 ELSE 0 END AS open
    FROM unit),
  county AS MATERIALIZED (
    SELECT ind, year, month, county AS area, sum(offers)::BIGINT AS offering,
           sum(open)::BIGINT AS open, count(*) AS units, sum(covered)::BIGINT AS covered,
           sum(unknown)::BIGINT AS unknown, sum(every * offers)::BIGINT AS inhabitants,
           sum(every)::BIGINT AS every
    FROM judged JOIN tree ON municipality = area GROUP BY ALL)
SELECT *, 'county' AS level FROM county UNION ALL
SELECT ind, year, month, 0, sum(offering)::BIGINT, sum(open)::BIGINT, sum(units)::BIGINT,
       sum(covered)::BIGINT, sum(unknown)::BIGINT, sum(inhabitants)::BIGINT, sum(every)::BIGINT,
       'nation'
FROM county GROUP BY ALL""",
    "latest": f"""
WITH {LEVELS}
SELECT ind, level, area, max(year::INT * 100 + month) AS period,
       arg_max(numerator, year::INT * 100 + month) AS numerator,
       arg_max(denominator, year::INT * 100 + month) AS denominator
FROM summed WHERE numerator IS NOT NULL GROUP BY ALL""",
    "progress": """
WITH municipality AS MATERIALIZED (
    SELECT ind, year, muni AS area, sum(num)::BIGINT AS numerator,
           (sum(den) FILTER (num IS NOT NULL))::BIGINT AS denominator
    FROM observations GROUP BY ALL),
  county AS MATERIALIZED (
    SELECT ind, year, county AS area, sum(numerator)::BIGINT AS numerator,
           sum(denominator)::BIGINT AS denominator
    FROM municipality JOIN tree ON municipality = area GROUP BY ALL),
  yearly AS (
    SELECT *, 'municipality' AS level FROM municipality UNION ALL
    SELECT *, 'county' FROM county UNION ALL
    SELECT ind, year, 0, sum(numerator)::BIGINT, sum(denominator)::BIGINT, 'nation'
    FROM county GROUP BY ALL),
  ends AS (
    SELECT ind, level, area, min(year) AS t0, max(year) AS t1,
           arg_min(numerator / denominator, year) AS b, arg_max(numerator / denominator, year) AS v
    FROM yearly WHERE numerator IS NOT NULL GROUP BY ALL),
  ratios AS (
    SELECT *, (v - b) / ((0.9 - b) * (t1 - t0) / (2030 - t0)) AS linear,
           CASE WHEN b > 0 THEN ((v / b) ** (1 / (t1 - t0)) - 1)
                / abs((0.9 / b) ** (1 / (2030 - t0)) - 1) END AS ratio
    FROM ends)
SELECT *, CASE WHEN ratio IS NULL THEN 'not_assessable' WHEN v >= 0.9 THEN 'achieved'
               WHEN ratio >= 0.95 THEN 'on_track' WHEN ratio >= 0.6 THEN 'accelerate'
               WHEN ratio >= 0 THEN 'limited' ELSE 'deterioration' END AS verdict
FROM ratios""",
    "inequality": """
WITH unit AS (
    SELECT ind, year, month, muni,
           sum(num) / sum(den) FILTER (num IS NOT NULL) AS v, sum(den) AS w
    FROM observations GROUP BY ALL HAVING sum(num) > 0),
  ranked AS (
    SELECT *, sum(w) OVER (PARTITION BY ind, year, month ORDER BY v, muni) AS below FROM unit)
SELECT ind, year, month,
       sum(w * v * (2 * below - w)) / (sum(w * v) * sum(w)) - 1 AS gini,
       sum(w * v * ln(v)) / sum(w * v) - ln(sum(w * v) / sum(w)) AS theil,
       max(v) - min(v) AS gap,
       quantile_cont(v, 0.9) - quantile_cont(v, 0.1) AS p90_p10,
       quantile_cont(v, 0.9) / quantile_cont(v, 0.1) AS p90_p10_ratio
FROM ranked GROUP BY ALL""",
    "suppress": """
WITH counted AS (
    SELECT ind, year, month, muni, sex, count(*) AS cells,
           count(*) FILTER (num < 5 OR den - num < 5) AS small
    FROM observations WHERE num IS NOT NULL GROUP BY ALL)
SELECT *, CASE WHEN small = 1 AND cells > 1 THEN 1 ELSE 0 END AS secondary FROM counted""",
    "redistrict": """
WITH cut AS (
    SELECT ind, observations.year, month, coalesce(to_code, muni) AS area, divided,
           CASE WHEN divided THEN floor(num * share_to + 0.5)::BIGINT
                - floor(num * share_from + 0.5)::BIGINT ELSE num END AS numerator,
           CASE WHEN divided THEN floor((den - num) * share_to + 0.5)::BIGINT
                - floor((den - num) * share_from + 0.5)::BIGINT ELSE den - num END AS rest,
    FROM observations LEFT JOIN steps ON observations.year = steps.year AND from_code = muni
    WHERE observations.year < 2020)
SELECT ind, year, month, area, sum(numerator)::BIGINT AS numerator,
       sum(numerator + rest)::BIGINT AS denominator, coalesce(bool_or(divided), false) AS estimated
FROM cut GROUP BY ALL""",
}

TOTALS = {
    "scan": "SELECT num, den, n FROM answer",
    "rollup": "SELECT sum(numerator) AS num FROM answer",
    "cover": "SELECT sum(offering) AS offering, sum(inhabitants) AS inhabitants FROM answer",
    "latest": "SELECT sum(numerator) AS num FROM answer",
    "progress": """SELECT count(*) FILTER (verdict IN ('achieved', 'reached')) AS achieved,
        count(*) FILTER (verdict IN ('on_track', 'on_path')) AS on_track,
        count(*) FILTER (verdict IN ('accelerate', 'behind')) AS accelerate,
        count(*) FILTER (verdict IN ('limited', 'far_behind')) AS limited FROM answer""",
    "inequality": "SELECT sum(gini) AS gini, sum(theil) AS theil, sum(p90_p10) AS p90_p10 FROM answer",
    "suppress": """SELECT sum(cells) AS n, sum(small) AS primary, sum(secondary) AS secondary FROM answer""",
    "redistrict": "SELECT sum(numerator) AS num, sum(denominator) AS den FROM answer",
}
"""What an answer adds up to."""


def answer(query: str, folder: Path) -> object:
    """The rows of `query` on the workload in `folder`, as an Arrow table."""
    connection = duckdb.connect()
    for name in ("observations", "tree", "steps"):
        connection.execute(f"CREATE VIEW {name} AS FROM '{folder}/{name}.parquet'")
    return connection.sql(QUERIES[query]).to_arrow_table()


def totals(query: str, answer: object) -> dict[str, float]:
    """What `answer` adds up to, by the names of the workload's check sums."""
    connection = duckdb.connect()
    connection.register("answer", answer)
    found = connection.execute(TOTALS[query])
    names = [column[0] for column in found.description or ()]
    return {name: float(value) for name, value in zip(names, found.fetchone() or (), strict=True)}
