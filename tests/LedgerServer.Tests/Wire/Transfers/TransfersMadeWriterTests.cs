using CsCheck;

using Google.Protobuf;

using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Transfers.Batches;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.LedgerServer.Wire.Transfers;
using KpGrpc.ServiceDefaults.Validation;

using LedgerProto = KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.LedgerServer.Tests.Wire.Transfers;

public sealed class TransfersMadeWriterTests
{
    private static readonly Gen<TransfersMade> Made = Gen.Select(
        TransferGen.Batch.Select(proto => TransferBatchWire.Decode(new FieldViolations(), proto)),
        Gen.Select(Gen.Int[0, Enum.GetValues<RejectionReason>().Length - 1].Select(i => Enum.GetValues<RejectionReason>()[i]), TransferGen.Number, Gen.Bool).Array[8]).Select((batch, outcomes) => new TransfersMade(
            batch.CurrencyCode, batch.Exponent, batch.AccountIds,
            batch.Entries.ToArray().Select((entry, i) => new TransferOutcome(entry, outcomes[i].Item1, outcomes[i].Item3 ? outcomes[i].Item2 : null)).ToArray()));

    [Fact]
    public void Write_AnyOutcomes_GivesTheGeneralEncodersBytes() => Made.Sample(made =>
    {
        var bytes = new byte[TransfersMadeWriter.Size(made)];
        var writer = new SpanWriter(bytes);
        TransfersMadeWriter.Write(made, ref writer);

        Assert.Equal(bytes.Length, writer.Position);
        Assert.Equal(TransferBatchWire.ToProto(made).ToByteArray(), bytes);
    });

    [Fact]
    public void Encode_ReceiptOfTransfers_GivesTheGeneralEncodersBytes() => Gen.Select(Made, TransferGen.Number).Sample((made, number) =>
    {
        var receipt = new Receipt
        {
            Sequence = number,
            OrderedAtMicros = 1,
            CommandHash = default,
            OrganizationId = "org",
            KeyId = "key",
            IdempotencyKey = new IdempotencyKey(1),
            Kind = CommandKind.TransferBatch,
            Rejection = null,
            Effects = [made],
            EngineVersion = (uint)number,
        };

        var leaf = new ReceiptEncoder("net", "main").Encode(receipt);

        var parsed = LedgerProto.Receipt.Parser.ParseFrom(leaf);
        Assert.Equal(TransferBatchWire.ToProto(made), Assert.Single(parsed.Effects).TransfersMade);
        Assert.Equal((uint)number, parsed.EngineVersion);
        Assert.Equal(parsed.ToByteArray(), leaf);
    });
}
