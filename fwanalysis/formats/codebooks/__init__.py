"""Read and write codebook files (YAML). Knows no project and no other kind of file."""
