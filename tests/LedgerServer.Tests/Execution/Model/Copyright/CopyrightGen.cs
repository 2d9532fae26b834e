using CsCheck;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Licences;
using KpGrpc.LedgerServer.Execution.Works;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Copyright;

/// <summary>Random commands about works, their owners and licences.</summary>
internal static class CopyrightGen
{
    private static readonly Gen<string> Any = Pick("plat", "plat2", "prod", "prod", "prod2", "tech", "aud", "reg", "ghost");
    private static readonly Gen<string> WorkId = Pick("work", "work", "work2", "work3", "none");
    private static readonly Gen<string> LicenceId = Pick("l1", "l2", "l3", "purchase-1", "purchase-2");

    private static readonly Gen<LicenceHolder> Holder = Gen.OneOf(
        Pick(SampleCommands.Learner, new string('b', 64)).Select(learner => new LicenceHolder(learner, null)),
        Any.Select(SampleRights.Organization));

    private static readonly Gen<OwnerShare[]> Owners = Gen.Select(Pick("prod", "prod2"), Any, Any, Gen.UInt[1, 999_998], Gen.Int[0, 5])
        .Select((first, second, third, ppm, twist) => twist switch
        {
            0 => [new OwnerShare(first, ppm)],
            1 => [new OwnerShare(first, ppm), new OwnerShare(second, 999_999 - ppm), new OwnerShare(third, 1)],
            2 => new[] { new OwnerShare(first, ppm), new OwnerShare(second, 1_000_000 - ppm) },
            _ => [new OwnerShare(first, 1_000_000)],
        });

    private static readonly Gen<Ancestor[]> Ancestors = Gen.Select(WorkId, WorkId, Gen.UInt[0, 1_000_000], Gen.UInt[0, 400_000], Gen.Int[0, 3])
        .Select((first, second, high, low, twist) => twist switch
        {
            0 => [],
            1 when first != second => [new Ancestor(first, high), new Ancestor(second, low)],
            _ => new[] { new Ancestor(first, high) },
        });

    private static readonly Gen<string> DisputeId = Pick("d1", "d2", "d3", "d4");

    private static readonly Gen<(string, CommandBody)> Claim =
        Gen.Select(DisputeId, WorkId, Any).Select((id, work, by) => (by, (CommandBody)SampleDisputes.Open(id, work)));

    private static readonly Gen<(string, CommandBody)> Vote =
        Gen.Select(DisputeId, Owners, Gen.Bool, Pick("op", "reg", "prod")).Select((id, owners, upheld, by) =>
            (by, (CommandBody)(upheld ? SampleDisputes.Uphold(id, owners) : SampleDisputes.Dismiss(id))));

    private static readonly Gen<(string, CommandBody)> Work =
        Gen.Select(WorkId, Any, Owners, Ancestors, Gen.Int[0, 9]).Select((id, by, owners, ancestors, twist) =>
        {
            var work = SampleCommands.Work(id, owners);
            work = work with { Work = work.Work with { Ancestors = ancestors } };
            return (by, (CommandBody)(twist switch
            {
                0 => work with { CoSignatures = [] },
                1 => work with { CoSignatures = [.. work.CoSignatures, SampleSignatures.Of("tech", "details " + id)] },
                2 => work with { CoSignatures = [.. work.CoSignatures.Select(s => s with { Signature = new byte[64] })] },
                _ => work,
            }));
        });

    private static readonly Gen<(string, CommandBody)> Pass =
        Gen.Select(Any, Any, WorkId, Gen.OneOf(Gen.UInt[1, 1_000_000], Gen.UInt[1, 10]), Gen.Int[0, 9])
        .Select((from, to, work, ppm, twist) =>
        {
            var pass = SampleRights.Pass(from, to, ppm, work);
            return (from, (CommandBody)(twist switch
            {
                0 => pass with { ReceiverSignature = null },
                1 => pass with { ReceiverSignature = SampleSignatures.Of(to, "other") },
                2 => pass with { ReceiverSignature = SampleSignatures.Of("prod", "pass") },
                _ => pass,
            }));
        });

    private static readonly Gen<(string, CommandBody)> Grant =
        Gen.Select(LicenceId, WorkId, Holder, Gen.UInt[0, 2], Gen.Int[0, 5], Any).Select((id, work, holder, days, twist, by) =>
            (by, (CommandBody)(SampleRights.Grant(id, holder, work) with
            {
                Terms = new LicenceTerms
                {
                    Use = twist == 0 ? LicenceUse.Classroom : LicenceUse.Personal,
                    PeriodDays = days,
                    Transferable = twist > 1,
                    Seats = twist == 2 ? 5U : 0,
                    Territories = twist == 3 ? ["DE"] : [],
                },
            })));

    private static readonly Gen<(string, CommandBody)> PassOn =
        Gen.Select(LicenceId, Holder, Any, Gen.OneOf(Gen.Const((string?)null), Any.Select(s => (string?)s))).Select((id, to, by, signer) =>
            (by, (CommandBody)SampleRights.PassOn(id, to, signer)));

    private static readonly Gen<(string, CommandBody)> Revoke =
        Gen.Select(LicenceId, Any).Select((id, by) => (by, (CommandBody)new RevokeLicence(id, "why")));

    /// <summary>A command about rights and who submits it.</summary>
    public static Gen<(string, CommandBody)> Body { get; } =
        Gen.Frequency((8, Work), (4, Pass), (3, Grant), (3, PassOn), (1, Revoke), (5, Claim), (3, Vote));

    private static Gen<T> Pick<T>(params T[] items) => Gen.Int[0, items.Length - 1].Select(i => items[i]);
}
