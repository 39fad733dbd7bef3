"""Tests: they mirror the rooms, and stories go through the front door."""
