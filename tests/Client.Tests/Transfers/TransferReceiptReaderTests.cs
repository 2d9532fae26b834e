using CsCheck;

using Google.Protobuf;

using KpGrpc.Client.Transfers;
using KpGrpc.Protos.Ledger.V1;

using Transfer = KpGrpc.Client.Transfers.Transfer;
using WireOutcome = KpGrpc.Protos.Ledger.V1.TransferOutcome;

namespace KpGrpc.Client.Tests.Transfers;

public sealed class TransferReceiptReaderTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 16).Select(i => (byte)i)];

    private static readonly Gen<WireOutcome[]> Outcomes = Gen.Select(Gen.Int[0, 60], Gen.Bool, Gen.ULong).Array[1, 40].Select(rows => rows.Select((row, i) =>
    {
        var outcome = new WireOutcome { TransferId = ByteString.CopyFrom(new TransferId(5, (ulong)i).ToBytes()), Refused = (RejectionReason)row.Item1, AmountMinorUnits = i + 1, CreditIndex = 300 };
        if (row.Item2)
        {
            outcome.FirstSequence = row.Item3;
        }

        return outcome;
    }).ToArray());

    [Fact]
    public void Read_AnyOutcomes_WhatGoogleProtobufReads() => Outcomes.Sample(
        outcomes =>
        {
            var reader = new TransferReceiptReader();
            Assert.Null(reader.Read(Leaf(outcomes).ToByteArray(), Key, Pending(outcomes.Length)));
            Assert.Equal(77UL, reader.Sequence);
            Assert.Equal(
                outcomes.Select(outcome => (outcome.Refused, outcome.HasFirstSequence ? outcome.FirstSequence : (ulong?)null)),
                reader.Results.ToArray().Select(result => (result.Refused, result.FirstSequence)));
        },
        iter: 300);

    [Fact]
    public void Read_AnyByteFlippedOrCut_NeverThrows() => Gen.Select(Outcomes, Gen.Int[0, 10_000], Gen.Byte[1, 255], Gen.Bool).Sample(
        (outcomes, at, bits, cut) =>
        {
            var leaf = Leaf(outcomes).ToByteArray();
            var place = at % leaf.Length;
            leaf[place] ^= bits;
            new TransferReceiptReader().Read(cut ? leaf.AsSpan(0, place) : leaf, Key, Pending(outcomes.Length));
        },
        iter: 2_000);

    [Fact]
    public void Read_OtherTransfers_SaysWhy()
    {
        var three = Enumerable.Range(0, 3).Select(i => new WireOutcome { TransferId = ByteString.CopyFrom(new TransferId(5, (ulong)i).ToBytes()) }).ToArray();
        var swapped = new[] { three[1], three[0], three[2] };
        var rejectedWithEffects = Leaf(three);
        (rejectedWithEffects.Status, rejectedWithEffects.RejectionReason) = (ReceiptStatus.Rejected, RejectionReason.RoleMissing);

        Assert.Null(Fault(Leaf(three), 3));
        Assert.NotNull(Fault(Leaf(swapped), 3));
        Assert.NotNull(Fault(Leaf(three), 2));
        Assert.NotNull(Fault(Leaf(three), 4));
        Assert.NotNull(Fault(rejectedWithEffects, 3));
        Assert.NotNull(Fault(new Receipt(), 3));
        Assert.NotNull(new TransferReceiptReader().Read(Leaf(three).ToByteArray(), new byte[16], Pending(3)));
    }

    private static string? Fault(Receipt leaf, int sent) => new TransferReceiptReader().Read(leaf.ToByteArray(), Key, Pending(sent));

    private static PendingTransfer[] Pending(int count) =>
        [.. Enumerable.Range(0, count).Select(i => PendingTransfer.Create(new Transfer("a", "b", 1, 0, new TransferId(5, (ulong)i)), false, default))];

    private static Receipt Leaf(WireOutcome[] outcomes) => new()
    {
        SchemaVersion = 1,
        NetworkId = "net",
        Sequence = 77,
        OrderedAt = new() { Seconds = 5, Nanos = 6 },
        IdempotencyKey = ByteString.CopyFrom(Key),
        Status = ReceiptStatus.Accepted,
        Effects = { new Effect { TransfersMade = new TransfersMade { CurrencyCode = "EUR", AccountIds = { "a", "b" }, Outcomes = { outcomes } } } },
        EngineVersion = 1,
    };
}
