"""Use cases: one public function, one intention. They change rows, queue notices and record acts."""
