using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Disputes;
using KpGrpc.LedgerServer.Execution.Licences;
using KpGrpc.LedgerServer.Execution.Ownership;
using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Copyright;

/// <summary>Points random commands about rights at what exists.</summary>
internal static class CopyrightAim
{
    /// <summary>The aimed command; null where the body is not about rights.</summary>
    public static (string By, CommandBody Body)? At(LedgerState state, Step step) => step.Body switch
    {
        RegisterWork work => (work.Work.Owners[0].OrganizationId, At(state, work, step.Back)),
        TransferOwnership pass => At(state, pass, step.Back),
        GrantLicence grant => At(state, grant, step.Back),
        TransferLicence pass => At(state, step.By, pass, step.Back),
        RevokeLicence revoke => At(state, step.By, revoke, step.Back),
        OpenDispute claim => (step.By, claim with { WorkId = Work(state, step.Back).Details.WorkId }),
        ResolveDispute vote => (step.Back % 2 == 0 ? "op" : "reg", vote with
        {
            DisputeId = state.Disputes.All.LastOrDefault(d => d.Status == DisputeStatus.Open)?.DisputeId ?? vote.DisputeId,
        }),
        _ => null,
    };

    private static Work Work(LedgerState state, int index) => state.Works.All[index % state.Works.All.Count];

    // Ancestors that exist, each once, so that most works owe royalties.
    private static RegisterWork At(LedgerState state, RegisterWork work, int index) => work with
    {
        Work = work.Work with
        {
            Ancestors = [.. work.Work.Ancestors
                .Select((ancestor, i) => ancestor with { WorkId = Work(state, index + i).Details.WorkId })
                .DistinctBy(ancestor => ancestor.WorkId)],
        },
    };

    private static (string, CommandBody) At(LedgerState state, TransferOwnership pass, int index)
    {
        var work = Work(state, index);
        var owner = work.Details.Owners[index % work.Details.Owners.Count];
        return (owner.OrganizationId, pass with
        {
            Transfer = pass.Transfer with
            {
                WorkId = work.Details.WorkId,
                FromOrganizationId = owner.OrganizationId,
                Ppm = Math.Min(pass.Transfer.Ppm, owner.Ppm),
            },
        });
    }

    private static (string, CommandBody) At(LedgerState state, GrantLicence grant, int index)
    {
        var work = Work(state, index);
        return (work.Details.Owners[^1].OrganizationId, grant with { WorkId = work.Details.WorkId });
    }

    private static (string, CommandBody) At(LedgerState state, string by, TransferLicence pass, int index)
    {
        if (state.Licences.Count == 0)
        {
            return (by, pass);
        }

        var licence = state.Licences.All[index % state.Licences.Count];
        return (licence.Holder.OrganizationId ?? licence.GrantedByOrganizationId, pass with
        {
            Transfer = pass.Transfer with { LicenceId = licence.LicenceId },
            HolderSignature = pass.HolderSignature is null ? null : SampleSignatures.Of(licence.Holder.OrganizationId ?? by, "pass on"),
        });
    }

    private static (string, CommandBody) At(LedgerState state, string by, RevokeLicence revoke, int index) =>
        state.Licences.Count == 0
            ? (by, revoke)
            : (index % 3 == 0 ? "reg" : by, revoke with { LicenceId = state.Licences.All[index % state.Licences.Count].LicenceId });
}
