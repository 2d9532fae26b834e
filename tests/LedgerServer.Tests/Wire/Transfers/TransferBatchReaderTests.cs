using CsCheck;

using Google.Protobuf;

using KpGrpc.LedgerServer.Execution.Transfers.Batches;
using KpGrpc.LedgerServer.Wire.Transfers;
using KpGrpc.ServiceDefaults.Validation;

using PaymentProto = KpGrpc.Protos.Payment.V1;

namespace KpGrpc.LedgerServer.Tests.Wire.Transfers;

public sealed class TransferBatchReaderTests
{
    [Fact]
    public void Read_WhatTheGeneralEncoderWrites_IsWhatTheGeneralParserReads() => TransferGen.Batch.Sample(proto =>
    {
        var read = TransferBatchReader.Read(proto.ToByteArray());

        Assert.NotNull(read);
        AssertSame(TransferBatchWire.Decode(new FieldViolations(), proto), read);
    });

    [Fact]
    public void Read_AnyChangedBytes_IsWhatTheGeneralParserReadsOrLeftToIt() =>
        Gen.Select(TransferGen.Batch, Gen.Select(Gen.Double[0, 1], Gen.Byte).Array[1, 3], Gen.Double[0, 1]).Sample((proto, changes, cut) =>
        {
            var bytes = proto.ToByteArray();
            foreach (var (at, value) in changes.Where(_ => bytes.Length > 0))
            {
                bytes[(int)(at * (bytes.Length - 1))] = value;
            }

            bytes = cut < 0.2 ? bytes[..(int)(cut * bytes.Length)] : bytes;
            if (TransferBatchReader.Read(bytes) is { } read)
            {
                var faults = new FieldViolations();
                AssertSame(TransferBatchWire.Decode(faults, PaymentProto.TransferBatch.Parser.ParseFrom(bytes)), read);
                Assert.False(faults.Any);
            }
        });

    [Fact]
    public void Read_AnyBytes_NeverThrows() => Gen.Byte.Array[0, 200].Sample(bytes => { _ = TransferBatchReader.Read(bytes); });

    [Fact]
    public void Read_IdOfAnotherLength_IsLeftToTheGeneralParser()
    {
        var proto = new PaymentProto.TransferBatch { Entries = { new PaymentProto.TransferBatchEntry { TransferId = ByteString.CopyFrom(new byte[15]) } } };

        Assert.Null(TransferBatchReader.Read(proto.ToByteArray()));
        Assert.Null(TransferBatchReader.Read(new PaymentProto.TransferBatch { Entries = { new PaymentProto.TransferBatchEntry() } }.ToByteArray()));
    }

    internal static void AssertSame(TransferBatch expected, TransferBatch actual)
    {
        Assert.Equal((expected.CurrencyCode, expected.Exponent), (actual.CurrencyCode, actual.Exponent));
        Assert.Equal(expected.AccountIds, actual.AccountIds);
        Assert.Equal(expected.Entries.ToArray(), actual.Entries.ToArray());
    }
}
