using KpGrpc.LedgerServer.Execution.Licences;
using KpGrpc.LedgerServer.Execution.Ownership;
using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Tests.Execution;

/// <summary>Commands about rights in a work; tests change one thing at a time.</summary>
internal static class SampleRights
{
    public static readonly LicenceTerms Terms = new() { Use = LicenceUse.Personal, PeriodDays = 30, Transferable = true };

    public static LicenceHolder Learner { get; } = new(SampleCommands.Learner, null);

    public static LicenceHolder Organization(string id) => new(null, id);

    /// <summary>A work of prod and prod2, half each.</summary>
    public static RegisterWork SharedWork(string id = "shared") =>
        SampleCommands.Work(id, new OwnerShare("prod", 500_000), new OwnerShare("prod2", 500_000));

    public static TransferOwnership Pass(string from, string to, uint ppm, string work = "work") => new(
        new OwnershipTransfer(work, from, to, ppm), TestLedger.Hash("pass"), SampleSignatures.Of(to, "pass"));

    public static GrantLicence Grant(string id = "licence", LicenceHolder? holder = null, string work = "work") =>
        new(id, work, holder ?? Learner, Terms);

    public static TransferLicence PassOn(string id, LicenceHolder to, string? signer = null) => new(
        new LicenceTransfer(id, to), TestLedger.Hash("pass on"), signer is null ? null : SampleSignatures.Of(signer, "pass on"));
}
