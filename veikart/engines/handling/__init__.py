"""The handling of a hearing's points: what people do is a log of events, and the state is its fold."""
