"""Facts and rules of a 評価書, standard library only: nothing here knows of files, screens or paper."""
