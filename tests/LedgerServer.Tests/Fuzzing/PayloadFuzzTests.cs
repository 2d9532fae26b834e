using CsCheck;

using Google.Protobuf;

using KpGrpc.LedgerServer.Admission;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Snapshots;
using KpGrpc.LedgerServer.Ordering;
using KpGrpc.LedgerServer.Storage;
using KpGrpc.LedgerServer.Tests.Execution.Snapshots;
using KpGrpc.LedgerServer.Tests.Services.Submission;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.LedgerServer.Wire.Transfers;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.ServiceDefaults.Validation;
using KpGrpc.Testing;

using CommandKind = KpGrpc.LedgerServer.Execution.CommandKind;

namespace KpGrpc.LedgerServer.Tests.Fuzzing;

/// <summary>
/// Payloads of every kind with bytes changed. What decodes is executed: a handler that throws would stop the ledger, and
/// whoever holds a key could send it.
/// </summary>
[Fuzzes(
    typeof(PayloadDecoder), typeof(CommandDecoder), typeof(PayloadAddress), typeof(TransferPayload), typeof(TransferBatchReader), typeof(RawField),
    typeof(AgreementWire), typeof(CopyrightWire), typeof(MembershipWire), typeof(RightsWire), typeof(StateImage), typeof(RecordCodec))]
public sealed class PayloadFuzzTests(EveryKindLedger ledger) : IClassFixture<EveryKindLedger>
{
    private byte[][] Payloads => [.. ledger.Samples.Values.Select(sample => sample.Payload)];

    [Fact]
    public void Decode_AnyChangedPayload_DecodesTheSameTwiceOrNamesAFault() => Mutations.Of(Payloads).Sample(
        bytes =>
        {
            var (faults, again) = (new FieldViolations(), new FieldViolations());
            var decoded = PayloadDecoder.Decode(bytes, faults);
            Assert.Equal(decoded is null, faults.Any);
            var other = PayloadDecoder.Decode(bytes, again);
            Assert.Equal((decoded is null, decoded?.BodyName, decoded?.IdempotencyKey), (other is null, other?.BodyName, other?.IdempotencyKey));
            Assert.True(decoded is null || PayloadAddress.LedgerId(ByteString.CopyFrom(bytes)) == decoded.LedgerId);
            AssertStored(bytes, decoded is not null);
        },
        iter: TestScale.Of(10_000, 1_000_000));

    [Fact]
    public void LedgerId_AnyBytes_NeverThrows() =>
        Gen.Byte.Array[0, 100].Sample(bytes => PayloadAddress.LedgerId(ByteString.CopyFrom(bytes)) is not null, iter: 5_000);

    [Fact]
    public void Execute_AnyChangedBody_GivesAReceiptAndKeepsTheBooks()
    {
        var script = new ReplayedScript(ledger);
        var samples = ledger.Samples.Values.ToArray();
        var number = 0UL;
        var executed = new HashSet<CommandKind>();
        Gen.Int[0, samples.Length - 1].SelectMany(which => Gen.OneOf(
            Mutations.Of(Body(samples[which])),
            MessageMutations.Of(CommandPayload.Parser.ParseFrom(samples[which].Payload)).Select(BodyOf)).Select(body => (samples[which], body))).Sample(
            (sample, body) =>
            {
                if (script.Execute(Wrap(sample, body, ++number), ledger.KeyOf(sample.Key.OrganizationId).KeyId) is Executed { Receipt: var receipt })
                {
                    executed.Add(receipt.Kind);
                }

                InvariantCheck.Require(script.Engine.State.Accounts);
            },
            iter: TestScale.Of(20_000, 2_000_000),
            threads: 1);

        Assert.Equal(ledger.Samples.Keys.ToHashSet(), executed);
        var bytes = StateBytes.Of(script.Engine.State);
        var loaded = new LedgerEngine(ledger.Genesis, KeySignatures.Instance);
        StateImage.Load(new MemoryStream(bytes), loaded.State);
        Assert.Equal(bytes, StateBytes.Of(loaded.State));
    }

    [Fact]
    public void Load_AnyChangedState_IsRefusedAsDamagedOrLoads()
    {
        var bytes = StateBytes.Of(new ReplayedScript(ledger).Engine.State);
        var genesis = ledger.Genesis;

        // The slots of transfer ids are most of the bytes and nearly all empty: what stands before and behind them is changed.
        var slots = bytes.AsSpan().IndexOf("transfer-ids"u8) + 20;
        var behind = slots + bytes.AsSpan(slots).IndexOf("TBLE"u8);
        Gen.OneOf(
            Mutations.Of(bytes[..slots]).Select(head => (byte[])[.. head, .. bytes.AsSpan(slots)]),
            Mutations.Of(bytes[behind..]).Select(tail => (byte[])[.. bytes.AsSpan(0, behind), .. tail])).Sample(
            changed =>
            {
                try
                {
                    StateImage.Load(new MemoryStream(changed), new LedgerEngine(genesis, KeySignatures.Instance).State);
                }
                catch (InvalidDataException)
                {
                    // What it should say.
                }
            },
            iter: TestScale.Of(1_500, 150_000));
    }

    private static void AssertStored(byte[] payload, bool decodable)
    {
        var stored = StoredCommand.Decode(new StoredCommand(1, "key", new byte[StoredCommand.SignatureBytes], payload, null).Encode());
        if (decodable)
        {
            Assert.NotNull(CommandDecoder.Decode(stored));
        }
        else
        {
            Assert.Throws<InvalidDataException>(() => CommandDecoder.Decode(stored));
        }
    }

    private static byte[] Body(CommandSample sample) => BodyOf(CommandPayload.Parser.ParseFrom(sample.Payload));

    private static byte[] BodyOf(CommandPayload payload) => payload.BodyCase == CommandPayload.BodyOneofCase.None
        ? []
        : ((IMessage)CommandPayload.Descriptor.FindFieldByNumber((int)payload.BodyCase).Accessor.GetValue(payload)).ToByteArray();

    // The changed body in an envelope that every check before the handler passes.
    private byte[] Wrap(CommandSample sample, byte[] body, ulong number)
    {
        var payload = CommandPayload.Parser.ParseFrom(sample.Payload);
        var field = (uint)payload.BodyCase;
        payload.ClearBody();
        payload.IdempotencyKey = ByteString.CopyFrom([.. BitConverter.GetBytes(number), .. new byte[8]]);
        payload.NotAfter = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(ledger.Clock.GetUtcNow().AddHours(1));
        using var output = new MemoryStream();
        payload.WriteTo(output);
        using (var coded = new CodedOutputStream(output, leaveOpen: true))
        {
            coded.WriteTag(WireFormat.MakeTag((int)field, WireFormat.WireType.LengthDelimited));
            coded.WriteBytes(ByteString.CopyFrom(body));
        }

        return output.ToArray();
    }
}
