"""Complete panels as arrays: the sums and spreads of the warehouse's engines without asking it."""
