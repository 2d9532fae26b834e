using CsCheck;

using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

using KpGrpc.Client.Signing;
using KpGrpc.Client.Transfers;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Payment.V1;

using Transfer = KpGrpc.Client.Transfers.Transfer;

namespace KpGrpc.Client.Tests.Transfers;

public sealed class TransferBatchEncoderTests
{
    private static readonly DateTimeOffset Epoch = DateTimeOffset.UnixEpoch;

    private static readonly Gen<Transfer> AnyTransfer = Gen.Select(
        Gen.String[Gen.Char['a', 'f'], 1, 3],
        Gen.String[Gen.Char['α', 'κ'], 1, 60],
        Gen.OneOf(Gen.Long[1, 300], Gen.Long[1, long.MaxValue]),
        Gen.OneOf(Gen.Const(0UL), Gen.ULong),
        Gen.Select(Gen.ULong, Gen.ULong),
        (debit, credit, amount, reference, id) => new Transfer(debit, credit, amount, reference, new TransferId(id.Item1, id.Item2)));

    [Fact]
    public void Finish_AnyTransfers_SameBytesAsGoogleProtobuf()
    {
        using var key = SigningKey.Generate("organisation", "key-1");
        var signer = new CommandSigner(key, "net", "main");
        var any = Gen.Select(AnyTransfer.Array[1, 200], Gen.UInt[0, 8], Gen.Byte.Array[16], Gen.Long[0, 4_000_000_000_000_000]);
        any.Sample(
            (transfers, exponent, idempotencyKey, micros) =>
            {
                var encoder = new TransferBatchEncoder(signer, "EUR", exponent, TransferBatchEncoder.EntriesMax);
                var notAfter = Epoch.AddMicroseconds(micros);
                for (var run = 0; run < 2; run++)
                {
                    var taken = transfers.TakeWhile(transfer => encoder.TryAdd(transfer)).ToArray();
                    Assert.Equal(taken.Length, encoder.Count);
                    Assert.Equal(Expected(taken, exponent, idempotencyKey, notAfter), encoder.Finish(idempotencyKey, notAfter));
                }
            },
            iter: 500);
    }

    [Fact]
    public void TryAdd_BoundsOfTheContract_FullAtTheBound()
    {
        using var key = SigningKey.Generate("org", "org-1");
        var signer = new CommandSigner(key, "net", "main");
        Assert.Equal(1_024, FillUp(signer, i => new Transfer("a", "b", 1 + i)));
        Assert.Equal(1_024, FillUp(signer, i => new Transfer($"a{i:D6}", $"b{i:D6}", 1)));
        Assert.Equal(16_384 / 256, FillUp(signer, i => new Transfer($"{i:D128}", $"{i:D127}x", 1)));
        Assert.Equal(3, FillUp(signer, i => new Transfer("a", "b", 1), entriesMax: 3));
    }

    [Fact]
    public void TryAdd_LargestEntries_BodyStaysWithinTheContract()
    {
        using var key = SigningKey.Generate("org", "org-1");
        var encoder = new TransferBatchEncoder(new CommandSigner(key, "net", "main"), "EUR", 2, TransferBatchEncoder.EntriesMax);
        for (var i = 0; encoder.TryAdd(new Transfer($"a{i:D7}", $"b{i:D7}", long.MaxValue, ulong.MaxValue, new TransferId(1, 1))); i++)
        {
        }

        var payload = CommandPayload.Parser.ParseFrom(encoder.Finish(new byte[16], Epoch));
        Assert.InRange(payload.TransferBatch.CalculateSize(), 55_000, 55_296);
    }

    private static int FillUp(CommandSigner signer, Func<int, Transfer> make, int entriesMax = TransferBatchEncoder.EntriesMax)
    {
        var encoder = new TransferBatchEncoder(signer, "EUR", 2, entriesMax);
        var count = 0;
        while (encoder.TryAdd(make(count)))
        {
            count++;
        }

        return count;
    }

    private static byte[] Expected(Transfer[] transfers, uint exponent, byte[] idempotencyKey, DateTimeOffset notAfter)
    {
        var accounts = transfers.SelectMany(transfer => new[] { transfer.DebitAccountId, transfer.CreditAccountId }).Distinct().ToList();
        var batch = new TransferBatch { CurrencyCode = "EUR", Exponent = exponent, AccountIds = { accounts } };
        batch.Entries.AddRange(transfers.Select(transfer => new TransferBatchEntry
        {
            TransferId = ByteString.CopyFrom(transfer.Id.ToBytes()),
            DebitIndex = (uint)accounts.IndexOf(transfer.DebitAccountId),
            CreditIndex = (uint)accounts.IndexOf(transfer.CreditAccountId),
            AmountMinorUnits = transfer.AmountMinorUnits,
            Reference = transfer.Reference,
        }));
        return new CommandPayload
        {
            NetworkId = "net",
            LedgerId = "main",
            OrganizationId = "organisation",
            IdempotencyKey = ByteString.CopyFrom(idempotencyKey),
            NotAfter = Timestamp.FromDateTimeOffset(notAfter),
            SchemaVersion = 1,
            TransferBatch = batch,
        }.ToByteArray();
    }
}
