"""What a finished run tells of a city beyond its flows: rhythms, poles, living areas, places people come back to."""
