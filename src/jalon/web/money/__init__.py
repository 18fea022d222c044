"""The funder’s desk: envelopes, decisions, alerts and exports, straight from the register."""
