using System.Diagnostics;

using Grpc.Core;

using KpGrpc.LedgerServer.Admission;
using KpGrpc.ServiceDefaults.Errors;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.LedgerServer.Services;

/// <summary>One status for each reason of admission and for each outcome without a receipt. Total: a test walks the reasons.</summary>
internal static class AdmissionErrors
{
    /// <param name="refused">Why a command was not taken in.</param>
    /// <param name="faults">Its malformed fields.</param>
    public static RpcException Of(Refused refused, FieldViolations faults)
    {
        try
        {
            faults.ThrowIfAny();
        }
        catch (RpcException malformed)
        {
            return malformed;
        }

        return refused.Reason switch
        {
            AdmissionReason.Malformed => RichErrors.InvalidArgument([new() { Field = refused.Subject, Description = "is malformed" }]),
            AdmissionReason.TooLarge => RichErrors.TooLarge("TOO_LARGE", refused.Message),
            AdmissionReason.WrongNetwork => RichErrors.FailedPrecondition("WRONG_NETWORK", $"networks/{refused.Subject}", refused.Message),
            AdmissionReason.WrongLedger => RichErrors.FailedPrecondition("WRONG_LEDGER", $"ledgers/{refused.Subject}", refused.Message),
            AdmissionReason.UnknownKey => RichErrors.Unauthenticated("UNKNOWN_KEY", refused.Message),
            AdmissionReason.KeyRevoked => RichErrors.Unauthenticated("KEY_REVOKED", refused.Message),
            AdmissionReason.KeyNotOfOrganization => RichErrors.Unauthenticated("KEY_NOT_OF_ORGANIZATION", refused.Message),
            AdmissionReason.SignatureInvalid => RichErrors.Unauthenticated("SIGNATURE_INVALID", refused.Message),
            AdmissionReason.NotYetValid => RichErrors.FailedPrecondition("NOT_YET_VALID", $"commands/{refused.Subject}", refused.Message),
            AdmissionReason.Expired => RichErrors.FailedPrecondition("EXPIRED", $"commands/{refused.Subject}", refused.Message),
            AdmissionReason.WindowTooLong => RichErrors.FailedPrecondition("TIME_INVALID", $"commands/{refused.Subject}", refused.Message),
            AdmissionReason.CommandUnsupported => RichErrors.Unimplemented(refused.Subject),
            _ => throw new UnreachableException($"no status for {refused.Reason}"),
        };
    }

    /// <summary>The idempotency key stands for another payload. ALREADY_EXISTS with ResourceInfo.</summary>
    public static RpcException KeyTaken(AdmittedCommand command, ulong firstSequence)
    {
        var key = Convert.ToHexStringLower(command.Command.IdempotencyKey.ToBytes());
        return RichErrors.AlreadyExists(
            "command", key, $"idempotency key {key} of {command.Command.OrganizationId} stands for another payload, ordered at sequence {firstSequence}; nothing changed: use a new key for a new command");
    }
}
