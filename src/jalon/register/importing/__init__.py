"""From programmes and sources to the register: read in workers, written one transaction a source."""
