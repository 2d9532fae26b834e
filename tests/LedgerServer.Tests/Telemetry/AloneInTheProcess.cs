namespace KpGrpc.LedgerServer.Tests.Telemetry;

/// <summary>Tests that scrape: metrics are of the process, so no other server may run beside theirs.</summary>
[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public sealed class AloneInTheProcess;
