using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.LedgerServer.Tests.Services.Submission;

/// <summary>One command of the script of every kind.</summary>
/// <param name="OrganizationId">Who submits.</param>
/// <param name="SetBody">Sets the body.</param>
/// <param name="Expected">Why it is rejected; UNSPECIFIED where it is accepted.</param>
/// <param name="Attachment">What travels beside it.</param>
internal sealed record CommandStep(
    string OrganizationId, Action<CommandPayload> SetBody, RejectionReason Expected = RejectionReason.Unspecified, Attachment? Attachment = null);
