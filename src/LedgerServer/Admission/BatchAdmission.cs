using KpGrpc.LedgerServer.Storage;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.MerkleLog.Proofs;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.LedgerServer.Admission;

/// <summary>
/// Checks a signed batch: one signature over the RFC 6962 root of its payloads, then each command for itself. Every
/// member keeps its path to that root, so that it can be verified alone.
/// </summary>
internal sealed class BatchAdmission(CommandAdmission single, KeyCheck keys)
{
    /// <summary>Most commands of a batch: the contract's limit.</summary>
    public const int CommandsMax = 10_000;

    private const string Payload = "payload";
    private const string First = "batch.payloads[0]";

    /// <summary>Checks a batch.</summary>
    /// <param name="payloads">1 to <see cref="CommandsMax"/> payloads.</param>
    /// <param name="keyId">Key that signed.</param>
    /// <param name="signature">Its signature over the root.</param>
    /// <param name="requestLedgerId">Ledger that the request names; empty for none.</param>
    /// <param name="faults">Receives the faults that concern the batch as a whole.</param>
    /// <returns>Why the batch as a whole was refused, or one result a command.</returns>
    public (Refused? Refused, IReadOnlyList<(AdmissionResult Result, FieldViolations Faults)> Members) Admit(
        IReadOnlyList<byte[]> payloads, string keyId, byte[] signature, string requestLedgerId, FieldViolations faults)
    {
        faults.RequireId("batch.key_id", keyId);
        faults.Require(signature.Length == StoredCommand.SignatureBytes, "batch.signature", $"must be exactly {StoredCommand.SignatureBytes} bytes");
        var ofFirst = new FieldViolations();
        var first = PayloadDecoder.Decode(payloads[0], ofFirst);
        faults.AddAll(ofFirst, PlaceInFirst);
        if (faults.Any)
        {
            return (new Refused(AdmissionReason.Malformed, "batch", string.Empty), []);
        }

        var memberships = Memberships(payloads);
        var refused = keys.Check(first!.OrganizationId, keyId, SigningMessages.BatchRoot(memberships[0].Root), signature);
        if (refused is not null && refused.Reason != AdmissionReason.KeyRevoked)
        {
            return (refused, []);
        }

        // Under a revoked key only the members that were ordered while it was active are answered.
        return (null, [.. payloads.Select((payload, i) =>
        {
            var own = new FieldViolations();
            return (single.AdmitMember(payload, keyId, signature, first.OrganizationId, requestLedgerId, memberships[i], own, i == 0 ? first : null, refused), own);
        })]);
    }

    // The first command tells whose the batch is, so what is malformed in it concerns the whole.
    private static string PlaceInFirst(string field) =>
        field == Payload || field.StartsWith($"{Payload}.", StringComparison.Ordinal) ? $"{First}{field[Payload.Length..]}" : $"{First}.{field}";

    private static BatchMembership[] Memberships(IReadOnlyList<byte[]> payloads)
    {
        var nodes = new MemoryNodeStore();
        var range = new CompactRange();
        var completed = new MerkleNode[TreeLimits.MaxNodesPerAppend];
        foreach (var payload in payloads)
        {
            var count = range.Append(MerkleHasher.HashLeaf(payload), completed);
            nodes.Add(completed.AsSpan(0, count));
        }

        var root = range.Root();
        var size = (uint)payloads.Count;
        return [.. payloads.Select((_, i) => new BatchMembership((uint)i, size, root, ProofBuilder.Inclusion(nodes, (ulong)i, size)))];
    }
}
