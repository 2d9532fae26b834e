# The verbs of this repository. Each is one script in build/, which can be run without make as well.
# Only the .NET SDK is assumed; what else a verb can use, it looks for.

SHELL := /bin/bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

.PHONY: help build console run demo test test-unit soak lint format permissions proto-breaking eval-floor eval-recommender eval-propensity eval-tagger perf-log perf-recommend perf-ledger perf-inference perf-gateway chaos clean clean-data

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' Makefile

build: ## Build the whole solution in Release, warnings as errors
	@build/build.sh

console: ## Build the web console that the Gateway serves at /; needs Node.js 20 or newer with npm
	@build/console.sh

run: ## Start the three servers, walk the story, stay up until Ctrl-C
	@build/demo.sh run

demo: ## Start the three servers, walk the story, stop; exit 0 when every step held
	@build/demo.sh demo

test: ## Install what the tests can use, then run all of them; last line: N passed, N failed, N skipped
	@build/test.sh all

test-unit: ## Run the tidy and unit tests alone; PROJECT=LedgerServer runs one project
	@build/test.sh unit $(PROJECT)

soak: ## Run the tests of ledger and models at length (hours): a million commands against the model, 200 rounds of kill -9, 20,000 faulty disks, a million tensor operations under a restless collector; FRACTION=0.01 for a part
	@KP_SOAK=$(or $(FRACTION),1) KP_TEST_TIMEOUT_S=21600 build/test.sh unit LedgerServer
	@KP_SOAK=$(or $(FRACTION),1) KP_TEST_TIMEOUT_S=21600 build/test.sh unit InferenceServer

lint: ## Check formatting, scripts, the contract (buf lint and breaking) and the build's warnings; changes nothing
	@build/lint.sh

format: ## Rewrite C# and contract files in the house format
	@build/format.sh

permissions: ## Print the Gateway's policy, who may call what, into docs/PERMISSIONS.md
	@dotnet run --project src/Gateway -c Release -- print-permissions > docs/PERMISSIONS.md

proto-breaking: ## Compare the contract with the last release tag (buf breaking)
	@build/proto-breaking.sh

eval-floor: ## Measure the counting recommender on ML-1M and MOOCCubeX; writes perf/results/eval-floor.jsonl
	@dotnet run --project src/InferenceServer -c Release -- evaluate counts --output perf/results/eval-floor.jsonl

eval-recommender: ## Train the transformer recommender on ML-1M and MOOCCube (or go on), measure it; writes perf/results/eval-recommender.jsonl
	@dotnet run --project src/InferenceServer -c Release -- train recommender --skip-existing --threads 1
	@dotnet run --project src/InferenceServer -c Release -- evaluate recommender --output perf/results/eval-recommender.jsonl

eval-propensity: ## Measure churn prediction on KDD Cup 2015, by left-out rows and courses; writes perf/results/eval-propensity.jsonl
	@dotnet run --project src/InferenceServer -c Release -- evaluate propensity --output perf/results/eval-propensity.jsonl

eval-tagger: ## Train the tagger on CLUENER2020 where that is not done yet, measure it on dev; writes perf/results/eval-tagger.jsonl
	@dotnet run --project src/InferenceServer -c Release -- train tagger --skip-existing
	@dotnet run --project src/InferenceServer -c Release --no-build -- evaluate tagger --model models/tagger/cluener --output perf/results/eval-tagger.jsonl

perf-log: ## Measure the Merkle log: appends, proofs, verifications; writes perf/results/perf-log.jsonl
	@dotnet run --project perf/Microbenchmarks -c Release -- perf-log perf/results/perf-log.jsonl

perf-recommend: ## Measure filters, top-k, counts and content over 100,000 and 1,000,000 works; writes perf/results/perf-recommend.jsonl
	@dotnet run --project perf/Microbenchmarks -c Release -- perf-recommend perf/results/perf-recommend.jsonl

perf-ledger: ## Measure the LedgerServer beside PostgreSQL 15; writes perf/results/perf-ledger.jsonl; ONLY=hotspot SECONDS=5 for a part
	@build/perf.sh ledger "$(ONLY)" "$(SECONDS)"

perf-inference: ## Measure the InferenceServer beside the plain way on the same network; writes perf/results/perf-inference.jsonl; ONLY=tagger SECONDS=5 for a part
	@build/perf.sh inference "$(ONLY)" "$(SECONDS)"

perf-gateway: ## Measure the Gateway beside a bare gRPC method and nginx; writes perf/results/perf-gateway.jsonl; ONLY=home SECONDS=5 for a part
	@build/perf.sh gateway "$(ONLY)" "$(SECONDS)"

chaos: ## Ten minutes of mixed load while Redis, InferenceServer and LedgerServer are killed, frozen and restarted in turn; writes perf/results/chaos.jsonl; SECONDS=90 for a shorter one
	@build/perf.sh chaos "" "$(or $(SECONDS),600)"

clean: ## Remove build output and installed tools (artifacts, node_modules); keeps data/ and models/
	@build/clean.sh

clean-data: ## Remove data/: the ledger, the online state and the receipts of earlier runs
	@rm -rf data
