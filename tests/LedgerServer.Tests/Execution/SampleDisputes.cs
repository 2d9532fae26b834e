using KpGrpc.LedgerServer.Execution.Disputes;
using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Tests.Execution;

/// <summary>Claims to works and their resolutions.</summary>
internal static class SampleDisputes
{
    public static OpenDispute Open(string id = "dispute", string work = "work") =>
        new() { DisputeId = id, WorkId = work, Claim = "The work is ours.", EvidenceHashes = [new byte[32]] };

    public static ResolveDispute Dismiss(string id = "dispute") => new(id, false, []);

    public static ResolveDispute Uphold(string id = "dispute", params OwnerShare[] owners) =>
        new(id, true, owners.Length > 0 ? owners : [new OwnerShare("prod2", 1_000_000)]);
}
