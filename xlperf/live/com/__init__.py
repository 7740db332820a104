"""Excel's own objects: asked in batches, written to safely. No meaning of ours."""
