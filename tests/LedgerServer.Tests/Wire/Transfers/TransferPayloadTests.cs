using CsCheck;

using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

using KpGrpc.LedgerServer.Wire.Transfers;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.LedgerServer.Tests.Wire.Transfers;

public sealed class TransferPayloadTests
{
    [Fact]
    public void Read_EveryPayloadWithABatch_PartsItIntoEnvelopeAndBatch() =>
        Gen.Select(TransferGen.Batch, TransferGen.Text, TransferGen.Number).Sample((batch, text, number) =>
        {
            var payload = new CommandPayload
            {
                NetworkId = text,
                LedgerId = "main",
                OrganizationId = text,
                IdempotencyKey = ByteString.CopyFrom(new byte[16]),
                NotAfter = new Timestamp { Seconds = 7 },
                SchemaVersion = (uint)number,
                TransferBatch = batch,
            };

            var read = TransferPayload.Read(payload.ToByteArray(), out var envelope);

            TransferBatchReaderTests.AssertSame(TransferBatchWire.Decode(new FieldViolations(), batch), read!);
            payload.ClearBody();
            Assert.Equal(payload, CommandPayload.Parser.ParseFrom(envelope));
        });

    [Fact]
    public void Read_BatchBeforeTheEnvelope_PartsThemToo()
    {
        var batch = new CommandPayload { TransferBatch = new() { CurrencyCode = "CNY" } };
        byte[] payload = [.. batch.ToByteArray(), .. new CommandPayload { NetworkId = "net" }.ToByteArray()];

        Assert.Equal("CNY", TransferPayload.Read(payload, out var envelope)?.CurrencyCode);
        Assert.Equal("net", CommandPayload.Parser.ParseFrom(envelope).NetworkId);
    }

    [Fact]
    public void Read_AnotherBodyOrTwoOrNone_IsLeftToTheGeneralParser()
    {
        var batch = new CommandPayload { TransferBatch = new() { CurrencyCode = "CNY" } }.ToByteArray();
        var other = new CommandPayload { Transfer = new() { DebitAccountId = "a" } }.ToByteArray();
        foreach (byte[] payload in (byte[][])[[], other, [.. batch, .. other], [.. other, .. batch], [.. batch, .. batch], batch[..^1]])
        {
            Assert.Null(TransferPayload.Read(payload, out var envelope));
            Assert.Same(payload, envelope);
        }
    }
}
