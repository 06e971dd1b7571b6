"""GTFS in and GTFS out: tables read, faults told, changes written beside rows that stay as they are."""
