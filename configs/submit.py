"""What `spark-submit` runs: the command line of Maillage, on the master that `spark-submit` was given.

    spark-submit --master spark://head:7077 configs/submit.py run city.yaml

Every command and option of `maillage` may follow. `engine.master` of the config is not used.
"""

from pipelines.cli import main

if __name__ == "__main__":
    main()
