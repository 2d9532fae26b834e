using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;

using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Tests.Services.Submission.Steps;
using KpGrpc.Protos.Copyright.V1;
using KpGrpc.Protos.Ledger.V1;

using CommandKind = KpGrpc.LedgerServer.Execution.CommandKind;
using Role = KpGrpc.LedgerServer.Execution.Membership.Role;

namespace KpGrpc.LedgerServer.Tests.Services.Submission;

/// <summary>Every kind of command by every door, sent again, forged, late, too large and damaged, over real gRPC.</summary>
public sealed class EveryKindMatrixTests(EveryKindLedger ledger) : IClassFixture<EveryKindLedger>
{
    private const int PayloadBytesMax = 1_048_576;

    // One member a role; what each may not do is what the table of handlers says.
    private static readonly (string OrganizationId, Role Role)[] Members =
    [
        ("producer", Role.Producer), ("platform", Role.Platform), ("technology", Role.Technology), ("operator", Role.Operator),
        ("payment-provider", Role.PaymentProvider), (MembershipSteps.Auditor, Role.Auditor), (MembershipSteps.Regulator, Role.Regulator),
    ];

    public static TheoryData<string, SubmissionDoor> Cells
    {
        get
        {
            var cells = new TheoryData<string, SubmissionDoor>();
            foreach (var kind in System.Enum.GetValues<CommandKind>().Where(kind => kind != CommandKind.None))
            {
                foreach (var door in System.Enum.GetValues<SubmissionDoor>())
                {
                    cells.Add($"{kind}", door);
                }
            }

            return cells;
        }
    }

    [Fact]
    public void Script_EveryKindOfTheContract_HasASample()
    {
        var bodies = CommandPayload.Descriptor.Oneofs.Single(oneof => oneof.Name == "body").Fields.Select(field => (CommandKind)field.FieldNumber);

        Assert.Equal(System.Enum.GetValues<CommandKind>().Where(kind => kind != CommandKind.None), ledger.Samples.Keys.Order());
        Assert.Equal(bodies.Order(), ledger.Samples.Keys.Order());
        Assert.Equal(HandlerTable.Kinds.Order(), ledger.Samples.Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Submit_SameKeySameBody_SameReceiptByteForByteForEver(string kind, SubmissionDoor door)
    {
        var sample = Sample(kind);
        foreach (var ahead in new[] { TimeSpan.Zero, TimeSpan.FromDays(2) })
        {
            ledger.Clock.Ahead = ahead;
            var answer = await ledger.SendAsync(door, sample.Key, sample.Payload, sample.Attachment);
            ledger.Clock.Ahead = TimeSpan.Zero;

            if (NeedsAttachment(kind, door))
            {
                answer.AssertMalformed("attachment");
                continue;
            }

            Assert.True(answer.Error is null, $"{answer.Error}");
            Assert.True(answer.Replayed);
            Assert.Equal(sample.Leaf, answer.Leaf);
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Submit_SameKeyOtherBody_AlreadyExists(string kind, SubmissionDoor door)
    {
        var sample = Sample(kind);
        var later = sample.With(payload => payload.NotAfter.Seconds++);
        var other = sample.With(payload => payload.WithdrawOffer = new WithdrawOffer { OfferId = "other" });

        var answer = await ledger.SendAsync(door, sample.Key, later, sample.Attachment);

        if (NeedsAttachment(kind, door))
        {
            answer.AssertMalformed("attachment");
        }
        else
        {
            answer.AssertKeyTaken(IdempotencyKey(sample));
        }

        (await ledger.SendAsync(door, sample.Key, other)).AssertKeyTaken(IdempotencyKey(sample));
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Submit_AfterItsWindow_Expired(string kind, SubmissionDoor door)
    {
        var sample = Sample(kind);
        var expired = Fresh(sample, payload => payload.NotAfter = Timestamp.FromDateTimeOffset(ledger.Clock.GetUtcNow().AddSeconds(-1)));

        (await ledger.SendAsync(door, KeyOf(sample), expired, sample.Attachment)).AssertRefused(Code.FailedPrecondition, "EXPIRED");
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Submit_ByAMemberWithoutTheRole_RejectedWithRoleMissing(string kind, SubmissionDoor door)
    {
        var (sample, allowed) = (Sample(kind), HandlerTable.Find(System.Enum.Parse<CommandKind>(kind))!.AllowedRoles);
        foreach (var (organizationId, _) in Members.Where(member => !allowed.Contains(member.Role)))
        {
            var forged = Fresh(sample, payload => payload.OrganizationId = organizationId);
            var answer = await ledger.SendAsync(door, ledger.KeyOf(organizationId), forged, sample.Attachment);

            if (NeedsAttachment(kind, door))
            {
                answer.AssertMalformed("attachment");
                continue;
            }

            var receipt = answer.Receipt();
            Assert.Equal((ReceiptStatus.Rejected, RejectionReason.RoleMissing), (receipt.Status, receipt.RejectionReason));
            Assert.StartsWith($"organization_id, key_id: {kind} needs one of the roles ", receipt.RejectionMessage, StringComparison.Ordinal);
            Assert.Empty(receipt.Effects);
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Submit_UnderARevokedKey_Unauthenticated(string kind, SubmissionDoor door)
    {
        var sample = Sample(kind);
        var answer = await ledger.SendAsync(door, ledger.RevokedKeys[sample.Key.OrganizationId], Fresh(sample), sample.Attachment);

        answer.AssertRefused(Code.Unauthenticated, "KEY_REVOKED");
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Submit_WithADamagedSignature_Unauthenticated(string kind, SubmissionDoor door)
    {
        var sample = Sample(kind);

        (await ledger.SendAsync(door, KeyOf(sample), Fresh(sample), sample.Attachment, damaged: true)).AssertRefused(Code.Unauthenticated, "SIGNATURE_INVALID");

        // Not even for what was ordered: the receipt is public, but nobody may be made to believe that they submitted it.
        (await ledger.SendAsync(door, KeyOf(sample), sample.Payload, sample.Attachment, damaged: true)).AssertRefused(Code.Unauthenticated, "SIGNATURE_INVALID");
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Submit_AboveTheLimitByOneByte_TooLarge(string kind, SubmissionDoor door)
    {
        var sample = Sample(kind);
        var oversized = Padded(Fresh(sample), PayloadBytesMax + 1);

        (await ledger.SendAsync(door, KeyOf(sample), oversized, sample.Attachment)).AssertRefused(Code.ResourceExhausted, "TOO_LARGE");
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Submit_MissingItsLastByte_InvalidArgumentNamesThePayload(string kind, SubmissionDoor door)
    {
        var sample = Sample(kind);
        var answer = await ledger.SendAsync(door, KeyOf(sample), Fresh(sample)[..^1], sample.Attachment);

        answer.AssertMalformed(door == SubmissionDoor.SignedBatch ? "batch.payloads[0]" : "payload");
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Submit_WithoutAFieldOfItsBody_NamesTheFirstThatIsMissing(string kind, SubmissionDoor door)
    {
        var sample = Sample(kind);
        var empty = Fresh(sample, payload =>
        {
            var body = CommandPayload.Descriptor.FindFieldByNumber((int)payload.BodyCase);
            body.Accessor.SetValue(payload, body.MessageType.Parser.ParseFrom(ByteString.Empty));
        });

        EmptyBodies.AssertNamed(System.Enum.Parse<CommandKind>(kind), door, await ledger.SendAsync(door, KeyOf(sample), empty));
    }

    private CommandSample Sample(string kind) => ledger.Samples[System.Enum.Parse<CommandKind>(kind)];

    // The key that the organisation signs with now: the sample's own may have been rotated away by the sample.
    private Client.Signing.SigningKey KeyOf(CommandSample sample) => ledger.KeyOf(sample.Key.OrganizationId);

    private byte[] Fresh(CommandSample sample, Action<CommandPayload>? change = null) => ledger.Payload(sample.Key.OrganizationId, payload =>
    {
        var (key, notAfter) = (payload.IdempotencyKey, payload.NotAfter);
        payload.MergeFrom(sample.Payload);
        (payload.IdempotencyKey, payload.NotAfter) = (key, notAfter);
        change?.Invoke(payload);
    });

    private static byte[] IdempotencyKey(CommandSample sample) => CommandPayload.Parser.ParseFrom(sample.Payload).IdempotencyKey.ToByteArray();

    // Attachments travel with Submit alone.
    private static bool NeedsAttachment(string kind, SubmissionDoor door) =>
        kind == nameof(CommandKind.CommitSubjectData) && door != SubmissionDoor.OneCommand;

    // An unknown field, which a decoder skips: number 15, length-delimited, a length of three bytes.
    private static byte[] Padded(byte[] payload, int bytes)
    {
        var length = bytes - payload.Length - 4;
        return [.. payload, 0x7a, (byte)(length | 0x80), (byte)((length >> 7) | 0x80), (byte)(length >> 14), .. new byte[length]];
    }
}
