using System.Reflection;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Currencies;
using KpGrpc.LedgerServer.Execution.Snapshots;

namespace KpGrpc.LedgerServer.Tests.Execution.Snapshots;

public sealed class StateImageTests
{
    [Fact]
    public void Tables_OfTheState_AreAllSavable()
    {
        var tables = new LedgerEngine(TestLedger.NewGenesis(), new SampleSignatures()).State.Tables;
        var properties = typeof(LedgerState).GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(property => property.PropertyType is { IsClass: true } type && type.Assembly == typeof(LedgerState).Assembly)
            // Given, and not made by commands.
            .Where(property => property.PropertyType != typeof(Genesis))
            .ToList();

        Assert.NotEmpty(properties);
        Assert.All(properties, property => Assert.True(
            tables.Any(table => table.GetType() == property.PropertyType),
            $"LedgerState.{property.Name} is not kept by a snapshot: implement IStateTable and add it to LedgerState.Tables."));
        Assert.Equal(tables.Count, tables.Select(table => table.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.All(tables, table => Assert.Matches("^[a-z]+(-[a-z]+)*$", table.Name));
    }

    [Fact]
    public void Load_StateOfASale_IsEqualAndGoesOnEqually()
    {
        var ledger = SampleCommands.ReadyToSell();
        ledger.Accept("plat", SampleCommands.Purchase());
        var bytes = StateBytes.Of(ledger.State);

        var loaded = StateBytes.Load(bytes);

        Assert.Equal(StateText.Of(ledger.State), StateText.Of(loaded.State));
        Assert.Equal(bytes, StateBytes.Of(loaded.State));
        var next = ledger.Command("plat", SampleCommands.Purchase("second"));
        Assert.Equal(
            StateText.Of(ledger.Run(next)),
            StateText.Of(Assert.IsType<Executed>(loaded.Execute(next, loaded.State.NextSequence, ledger.Now)).Receipt));
    }

    [Fact]
    public void WriteTo_AfterTheEngineWentOn_GivesTheStateThatWasCaptured()
    {
        var ledger = SampleCommands.ReadyToSell();
        var before = StateBytes.Of(ledger.State);
        var image = StateImage.Capture(ledger.State);

        ledger.Accept("plat", SampleCommands.Purchase());
        ledger.Accept("prod", SampleCommands.Work("second"));
        ledger.Accept("op", new DeclareCurrency(new CurrencyDefinition("CHF", 2)));

        Assert.Equal(before, StateBytes.Of(image));
        Assert.NotEqual(before, StateBytes.Of(ledger.State));
    }

    [Fact]
    public void WriteTo_ASecondTime_Throws()
    {
        var image = StateImage.Capture(SampleCommands.ReadyToSell().State);
        image.WriteTo(Stream.Null);

        Assert.Throws<InvalidOperationException>(() => image.WriteTo(Stream.Null));
    }

    [Fact]
    public void Load_CutAnywhere_IsRefused()
    {
        var ledger = SampleCommands.ReadyToSell();
        var bytes = StateBytes.Of(ledger.State);

        for (var length = 0; length < bytes.Length; length += 7)
        {
            Assert.Throws<InvalidDataException>(() => StateBytes.Load(bytes[..length]));
        }
    }
}
