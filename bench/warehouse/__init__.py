"""The calculation of indicators beside plain DuckDB SQL and pandas, on 55.5 million rows."""
