using KpGrpc.LedgerServer.Admission;

namespace KpGrpc.LedgerServer.Tests.Golden;

/// <summary>A part of the script that has one time, so that any batching of it gives the same receipts.</summary>
/// <param name="NowMicros">The orderer's clock, microseconds since 1970.</param>
/// <param name="Commands">1 or more, in order.</param>
internal sealed record GoldenPhase(long NowMicros, IReadOnlyList<AdmittedCommand> Commands);
