"""What of a machine can keep brieftex from its work: looked at, and told with what to do."""
