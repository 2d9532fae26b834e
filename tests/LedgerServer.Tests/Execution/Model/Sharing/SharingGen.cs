using CsCheck;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Consents;
using KpGrpc.LedgerServer.Execution.Subjects;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Sharing;

/// <summary>Random commands about consents and subjects.</summary>
internal static class SharingGen
{
    private static readonly Gen<string> Subject = CommandGen.Pick(SampleCommands.Learner, new string('b', 64), new string('c', 64));
    private static readonly Gen<string> ConsentId = Gen.Int[0, 5].Select(i => $"consent-{i}");
    private static readonly Gen<string> Platform = CommandGen.Pick("plat", "plat", "plat", "plat2", "prod");
    private static readonly Gen<string> Grantee = CommandGen.Pick("tech", "tech", "prod", "ghost");
    private static readonly Gen<Purpose> OnePurpose = CommandGen.Pick(Purpose.Analytics, Purpose.Research);
    private static readonly Gen<string> Scope = CommandGen.Pick("profile.tags", "history");

    private static readonly Gen<(string, CommandBody)> Grant =
        Gen.Select(ConsentId, Subject, Grantee, OnePurpose, Scope, Gen.Long[0, 20], Platform).Select((id, subject, grantee, purpose, scope, until, by) =>
            (by, (CommandBody)new GrantConsent
            {
                ConsentId = id,
                SubjectPseudonym = subject,
                GranteeOrganizationId = grantee,
                Purposes = [purpose],
                Scopes = [scope],
                ExpiresAtMicros = until == 0 ? null : TestLedger.Start + (until * OrderTime.MicrosPerDay / 4),
            }));

    private static readonly Gen<(string, CommandBody)> Revoke =
        Gen.Select(ConsentId, Platform).Select((id, by) => (by, (CommandBody)new RevokeConsent(id)));

    private static readonly Gen<(string, CommandBody)> Access =
        Gen.Select(Gen.Int[0, 9], ConsentId, OnePurpose, Scope, Grantee).Select((id, consent, purpose, scope, by) =>
            (by, (CommandBody)new RecordAccess { AccessId = $"access-{id}", ConsentId = consent, Purpose = purpose, Scopes = [scope] }));

    private static readonly Gen<(string, CommandBody)> Commit =
        Gen.Select(Subject, Gen.Int[0, 2], Platform).Select((subject, id, by) =>
            (by, (CommandBody)new CommitSubjectData { SubjectPseudonym = subject, DataId = $"data-{id}", Commitment = new byte[32] }));

    private static readonly Gen<(string, CommandBody)> Erase =
        Gen.Select(Subject, Platform).Select((subject, by) => (by, (CommandBody)new EraseSubject(subject, "")));

    /// <summary>Any of them; erasures are rare, or there would be nothing to erase.</summary>
    public static Gen<(string, CommandBody)> Any { get; } =
        Gen.Frequency((6, Grant), (2, Revoke), (5, Access), (2, Commit), (1, Erase));

    /// <summary>Points a random access at a consent that exists.</summary>
    public static (string By, CommandBody Body) Aim(LedgerState state, Step step)
    {
        if (step.Body is not RecordAccess access || state.Consents.All.Count == 0)
        {
            return (step.By, step.Body);
        }

        var consent = state.Consents.All[step.Back % state.Consents.All.Count];
        return (consent.GranteeOrganizationId, access with { ConsentId = consent.ConsentId, Purpose = consent.Purposes[0], Scopes = consent.Scopes });
    }
}
