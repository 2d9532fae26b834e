using CsCheck;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Agreements.Decisions;
using KpGrpc.LedgerServer.Execution.Membership;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Agreements;

/// <summary>Random commands about agreements, over few ids and organisations.</summary>
internal static class AgreementGen
{
    private static readonly Gen<string> AgreementId = CommandGen.Pick("agreement", "a2", "a3");

    private static readonly Gen<Money> Limit = Gen.Select(
        Gen.OneOf(Gen.Long[1, 5_000], Gen.Long[-1, 1], Gen.Const(long.MaxValue)),
        CommandGen.Pick(("EUR", 2U), ("EUR", 2U), ("EUR", 2U), ("EUR", 2U), ("EUR", 2U), ("JPY", 0U), ("USD", 2U), ("EUR", 1U)),
        (units, currency) => new Money(units, currency.Item1, currency.Item2));

    private static readonly Gen<Func<Party, Party>> Limits = Gen.Select(Gen.Int[0, 15], Limit, Limit).Select((twist, low, high) =>
        new Func<Party, Party>(party => twist switch
        {
            0 => party with { CapPerSale = high },
            1 => party with { FloorPerSale = low },
            2 => party with { FloorPerSale = low, CapPerSale = high },
            3 => party with { MinimumGuarantee = high, GuarantorOrganizationId = "plat" },
            4 => party with { MinimumGuarantee = high },
            5 => party with { GuarantorOrganizationId = "prod" },
            _ => party,
        }));

    private static readonly Gen<Party[]> Parties = Gen.Select(
        Gen.UInt[0, 1_000_000], Gen.UInt[0, 1_000_000], CommandGen.Pick("prod", "prod", "prod2"),
        CommandGen.Pick("plat", "plat", "plat", "plat2", "ghost"), Gen.Int[0, 12]).Select((a, b, producer, platform, twist) =>
        {
            var (low, high) = (Math.Min(a, b), Math.Max(a, b));
            return twist switch
            {
                0 => [SampleCommands.Party(producer, Role.Producer, low)],
                1 => [SampleCommands.Party(producer, Role.Producer, 1_000_000)],
                2 =>
                [
                    SampleCommands.Party(producer, Role.Producer, low),
                    SampleCommands.Party(producer, Role.Platform, 1_000_000 - low),
                ],
                3 =>
                [
                    SampleCommands.Party("prod", Role.Producer, 0),
                    SampleCommands.Party("plat", Role.Platform, 1_000_000),
                ],
                _ => new[]
                {
                    SampleCommands.Party(producer, Role.Producer, low),
                    SampleCommands.Party(platform, Role.Platform, high - low),
                    SampleCommands.Party("tech", Role.Technology, 1_000_000 - high),
                },
            };
        });

    private static readonly Gen<SplitTerms> Split = Gen.Select(Parties, Gen.Enum<RoundingRule>(), Limits, Limits, Gen.Int[0, 2])
        .Select((parties, rounding, first, second, dust) => new SplitTerms
        {
            RevenueKind = RevenueKind.Sale,
            Parties = [.. parties.Select((party, i) => i == 0 ? first(party) : i == 1 ? second(party) : party)],
            Rounding = rounding,
            DustOrganizationId = rounding == RoundingRule.FloorThenDust ? parties[dust % parties.Length].OrganizationId : "",
        });

    private static readonly Gen<SplitTerms[]> Splits = Gen.Select(Split, Split, Gen.Enum<RevenueKind>(), Gen.Int[0, 3])
        .Select((first, second, kind, twist) => twist switch
        {
            0 => [first with { RevenueKind = kind }],
            1 when kind != RevenueKind.Sale => [first, second with { RevenueKind = kind }],
            2 => [first, first with { RevenueKind = RevenueKind.Advertising }, second with { RevenueKind = RevenueKind.Subscription }],
            _ => new[] { first, first with { RevenueKind = RevenueKind.Subscription } },
        });

    public static Gen<(string, CommandBody)> Propose { get; } =
        Gen.Select(AgreementId, Gen.UInt[1, 3], Splits, Gen.Int[0, 4], Gen.Select(Gen.Long[0, 20], Gen.Long[0, 60]), CommandGen.Any)
        .Select((id, version, splits, scope, window, by) => (by, (CommandBody)SampleCommands
            .Agreement(id, version)
            .With(terms => terms with
            {
                Splits = splits,
                Scope = scope switch
                {
                    0 => AgreementScope.Work("work"),
                    1 => AgreementScope.Producer("prod"),
                    _ => AgreementScope.Default,
                },
                EffectiveFromMicros = Quarter(window.Item1),
                EffectiveUntilMicros = Quarter(window.Item2 > 30 ? 0 : window.Item2),
            })));

    public static Gen<(string, CommandBody)> End { get; } =
        Gen.Select(AgreementId, Gen.UInt[0, 3], CommandGen.Any, Gen.Int[0, 1], Gen.Long[0, 20]).Select((id, version, by, twist, at) =>
            (by, twist == 0
                ? new RefuseAgreement(id, version, "too little")
                : (CommandBody)new TerminateAgreement(id, version, Quarter(at), "")));

    private static long? Quarter(long quarters) =>
        quarters == 0 ? null : TestLedger.Start + (quarters * OrderTime.MicrosPerDay / 4);
}
