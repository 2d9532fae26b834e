using System.CommandLine;
using KpGrpc.InferenceServer.Import;
using KpGrpc.InferenceServer.Models.Propensity.Boosting;
using KpGrpc.InferenceServer.Models.Propensity.Preparation;

namespace KpGrpc.InferenceServer.Commands.Propensity;

/// <summary>The options that say what a file's columns are for.</summary>
internal sealed class PropensityOptions
{
    /// <summary>Name of the results on the file of the project's own evaluation.</summary>
    public const string OwnSet = "kdd2015";

    private const int SeedDefault = 1;

    /// <summary>The file.</summary>
    public Option<FileInfo?> Data { get; } = new("--data") { Description = "CSV with a header (plain or gzipped; comma, semicolon or tab) or Parquet." };

    /// <summary>Label column.</summary>
    public Option<string?> Label { get; } = new("--label") { Description = "Column to predict: 1/0, true/false or yes/no." };

    /// <summary>Positive value.</summary>
    public Option<string?> Positive { get; } = new("--positive") { Description = "Value of the label that means positive, where it holds other words." };

    /// <summary>Group column.</summary>
    public Option<string?> Group { get; } = new("--group") { Description = "Column whose rows belong together, such as a course: rows are also compared with their group, and choices are made on left-out groups." };

    /// <summary>Identifier columns.</summary>
    public Option<string[]> Ids { get; } = new("--id") { Description = "Column that names a row: no feature, but part of scored output. May be given more than once.", DefaultValueFactory = _ => [] };

    /// <summary>Columns to keep.</summary>
    public Option<string[]> Keep { get; } = new("--keep") { Description = "Column to use although it alone separates the label or names rows. May be given more than once.", DefaultValueFactory = _ => [] };

    /// <summary>Bound of the leak check.</summary>
    public Option<double> LeakBound { get; } = new("--leak-bound")
    {
        Description = "A column whose own AUC reaches this is left out as a leak; above 0.5 to 1.",
        DefaultValueFactory = _ => ColumnRoles.LeakBoundDefault,
    };

    /// <summary>Seed.</summary>
    public Option<int> Seed { get; } = new("--seed") { Description = "Seed of folds and trees; two runs with one seed give the same model.", DefaultValueFactory = _ => SeedDefault };

    /// <summary>Threads.</summary>
    public Option<int> Threads { get; } = new("--threads") { Description = "Threads to train with; 0 = one a core. The model does not depend on it.", DefaultValueFactory = _ => 0 };

    /// <summary>Adds the options to a verb and checks what one alone can get wrong.</summary>
    public void AddTo(Command verb)
    {
        LeakBound.Validators.Add(result =>
        {
            if (result.GetValue(LeakBound) is not (> 0.5 and <= 1))
            {
                result.AddError("--leak-bound must be above 0.5 and at most 1.");
            }
        });
        Threads.Validators.Add(result =>
        {
            if (result.GetValue(Threads) is < 0 or > 1024)
            {
                result.AddError("--threads must be from 0 to 1024.");
            }
        });
        foreach (var option in (Option[])[Data, Label, Positive, Group, Ids, Keep, LeakBound, Seed, Threads])
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>What the command line says of the training.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="groups">Whether rows have a group that they are compared with.</param>
    public BoosterPlan Plan(ParseResult parsed, bool groups) => BoosterPlan.Default(groups, parsed.GetValue(Seed), parsed.GetValue(Threads));

    /// <summary>What the command line says of the columns.</summary>
    /// <exception cref="ImportException">There is no label, or a column has two roles.</exception>
    public ColumnRoles Roles(ParseResult parsed)
    {
        var label = parsed.GetValue(Label) ?? throw new ImportException("--data needs --label: the column to predict.");
        var roles = new ColumnRoles(
            label, parsed.GetValue(Positive), parsed.GetValue(Ids)!, parsed.GetValue(Group), parsed.GetValue(Keep)!, parsed.GetValue(LeakBound));
        return roles.Group == label || roles.Ids.Contains(label) || roles.Keep.Contains(label)
            ? throw new ImportException($"Column '{label}' is the label and cannot be group, identifier or feature too.")
            : roles;
    }
}
