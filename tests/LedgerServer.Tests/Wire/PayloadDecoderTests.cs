using CsCheck;

using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.LedgerServer.Tests.Wire;

public sealed class PayloadDecoderTests
{
    [Fact]
    public void Decode_EveryBodyOfTheContract_IsServedExactlyWhereTheEngineHasAHandler()
    {
        foreach (var field in CommandPayload.Descriptor.Oneofs.Single(oneof => oneof.Name == "body").Fields)
        {
            var payload = Envelope();
            field.Accessor.SetValue(payload, field.MessageType.Parser.ParseFrom(ByteString.Empty));
            var kind = (LedgerServer.Execution.CommandKind)field.FieldNumber;

            var faults = new FieldViolations();
            var decoded = PayloadDecoder.Decode(payload.ToByteArray(), faults);

            // A served kind is either decoded or has faults of its own; another is decoded without a body.
            Assert.True((decoded is null ? faults.Any : decoded.Body is not null) == HandlerTable.Kinds.Contains(kind), field.Name);
        }
    }

    [Fact]
    public void Decode_AnyBytes_NeverThrows() => Gen.Byte.Array[0, 300].Sample(bytes =>
    {
        var faults = new FieldViolations();
        return PayloadDecoder.Decode(bytes, faults) is not null || faults.Any;
    });

    [Fact]
    public void Decode_AnyChangedByte_NeverThrows()
    {
        var payload = Envelope();
        payload.RegisterWork = Market.Work("work");
        var bytes = payload.ToByteArray();
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte).Sample((at, value) =>
        {
            var changed = (byte[])bytes.Clone();
            changed[at] = value;
            var faults = new FieldViolations();
            return PayloadDecoder.Decode(changed, faults) is not null || faults.Any;
        });
    }

    [Fact]
    public void Decode_DetailsThatComeTwice_IsAFault()
    {
        var payload = Envelope();
        payload.RegisterWork = Market.Work("work");
        byte[] twice = [.. payload.ToByteArray(), .. new CommandPayload { RegisterWork = Market.Work("other") }.ToByteArray()];

        var faults = new FieldViolations();
        Assert.Null(PayloadDecoder.Decode(twice, faults));
        Assert.True(faults.Any);
    }

    private static CommandPayload Envelope() => new()
    {
        NetworkId = "n",
        LedgerId = "l",
        OrganizationId = "o",
        IdempotencyKey = ByteString.CopyFrom(new byte[16]),
        NotAfter = new Timestamp { Seconds = 1 },
        SchemaVersion = 1,
    };
}
