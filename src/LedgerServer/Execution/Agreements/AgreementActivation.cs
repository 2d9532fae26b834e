using KpGrpc.LedgerServer.Execution.Dispatch;
using KpGrpc.LedgerServer.Execution.Effects.Agreements;

namespace KpGrpc.LedgerServer.Execution.Agreements;

/// <summary>Records a party's acceptance, and activates the version with the last one needed.</summary>
internal static class AgreementActivation
{
    /// <summary>
    /// Adds the submitter's acceptance to a proposed version. Once every party has accepted, the active versions before it
    /// are superseded, unless this one starts later: then they go on until it starts.
    /// </summary>
    public static void Accept(AgreementVersion version, CommandContext context)
    {
        var accepted = version with
        {
            Acceptances = [.. version.Acceptances, new Acceptance(context.Submitter, context.Sequence)],
        };
        context.Record(new AgreementAccepted(version.Terms.AgreementId, version.Terms.Version, context.Submitter));
        if (!IsComplete(accepted))
        {
            context.State.Agreements.Update(accepted);
            return;
        }

        if (version.Terms.EffectiveFromMicros is null || version.Terms.EffectiveFromMicros <= context.OrderedAtMicros)
        {
            SupersedeActive(version.Terms.AgreementId, context);
        }

        context.State.Agreements.Update(accepted with
        {
            Status = AgreementStatus.Active,
            ActivatedAtSequence = context.Sequence,
            ActivatedAtMicros = context.OrderedAtMicros,
        });
        context.Record(new AgreementActivated(version.Terms.AgreementId, version.Terms.Version));
    }

    /// <summary>Ends a version and records it.</summary>
    public static void End(AgreementVersion version, AgreementStatus status, CommandContext context)
    {
        context.State.Agreements.Update(version with { Status = status, EndedAtSequence = context.Sequence });
        context.Record(new AgreementEnded(version.Terms.AgreementId, version.Terms.Version, status));
    }

    private static bool IsComplete(AgreementVersion version) =>
        version.Terms.Splits.All(split => split.Parties.All(party => version.Acceptances.Any(acceptance =>
            string.Equals(acceptance.OrganizationId, party.OrganizationId, StringComparison.Ordinal))));

    private static void SupersedeActive(string agreementId, CommandContext context)
    {
        foreach (var earlier in context.State.Agreements.VersionsOf(agreementId))
        {
            if (earlier.Status == AgreementStatus.Active)
            {
                End(earlier, AgreementStatus.Superseded, context);
            }
        }
    }
}
