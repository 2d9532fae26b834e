using Google.Rpc;

using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.LedgerServer.Tests.Services.Submission;

/// <summary>What a door answered, the same for each.</summary>
/// <param name="Leaf">The receipt's bytes; empty where there is none.</param>
/// <param name="Replayed">Whether the command had been ordered before.</param>
/// <param name="Error">Why there is no receipt; null where there is one.</param>
internal sealed record SubmissionAnswer(byte[] Leaf, bool Replayed, Google.Rpc.Status? Error)
{
    public Receipt Receipt()
    {
        Assert.True(Error is null, $"{Error}");
        return Protos.Ledger.V1.Receipt.Parser.ParseFrom(Leaf);
    }

    /// <summary>Refused before the order, with a status and its reason.</summary>
    public void AssertRefused(Code code, string reason)
    {
        Assert.True(Error is not null, "there is a receipt");
        Assert.Equal((code, reason), ((Code)Error.Code, Error.GetDetail<ErrorInfo>()?.Reason));
        Assert.Empty(Leaf);
    }

    /// <summary>Refused as malformed: INVALID_ARGUMENT that names these fields, all of them, in order.</summary>
    public void AssertMalformed(params string[] fields)
    {
        Assert.True(Error is not null, "there is a receipt");
        Assert.Equal(Code.InvalidArgument, (Code)Error.Code);
        Assert.Equal(fields, Error.GetDetail<BadRequest>()!.FieldViolations.Select(violation => violation.Field));
        Assert.Empty(Leaf);
    }

    /// <summary>Refused since the idempotency key stands for another payload.</summary>
    public void AssertKeyTaken(byte[] idempotencyKey)
    {
        Assert.True(Error is not null, "there is a receipt");
        Assert.Equal(Code.AlreadyExists, (Code)Error.Code);
        var resource = Error.GetDetail<ResourceInfo>()!;
        Assert.Equal(("command", Convert.ToHexStringLower(idempotencyKey)), (resource.ResourceType, resource.ResourceName));
        Assert.Empty(Leaf);
    }
}
