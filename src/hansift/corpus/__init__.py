"""The generator: pages recombined, injured and spammed as hijackers do it."""
