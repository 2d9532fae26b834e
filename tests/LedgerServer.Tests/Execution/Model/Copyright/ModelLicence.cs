using KpGrpc.LedgerServer.Execution.Licences;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Copyright;

internal sealed class ModelLicence
{
    /// <summary>"learner:" or "org:" and the id.</summary>
    public required string Holder { get; set; }

    public required string Work { get; init; }
    public required LicenceTerms Terms { get; init; }
    public required string Grantor { get; init; }
    public required bool Paid { get; init; }
    public required long From { get; init; }
    public required long? Until { get; init; }
    public bool Revoked { get; set; }

    public static string NameOf(LicenceHolder holder) =>
        holder.OrganizationId is { } id ? "org:" + id : "learner:" + holder.LearnerPseudonym;

    public bool IsActive(long now) => !Revoked && !(Until <= now);
}
