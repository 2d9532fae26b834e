using System.ComponentModel.DataAnnotations;
using KpGrpc.InferenceServer.Models.Sequence.Training;

namespace KpGrpc.InferenceServer.Models.Sequence;

/// <summary>Checks settings that come from a command line or a file.</summary>
internal static class SequenceRules
{
    /// <summary>Checks the dimensions of a network.</summary>
    /// <exception cref="SequenceModelException">One is out of its range; all faults are named.</exception>
    public static void Check(SequenceShape shape) => Check(shape, shape.Width, shape.Heads);

    /// <summary>Checks the settings of a training.</summary>
    /// <exception cref="SequenceModelException">One is out of its range; all faults are named.</exception>
    public static void Check(SequenceTrainerOptions options) => Check(options, options.Width, options.Heads);

    private static void Check(object settings, int width, int heads)
    {
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(settings, new ValidationContext(settings), faults, validateAllProperties: true);
        var texts = faults.Select(fault => fault.ErrorMessage).ToList();
        if (heads > 0 && width % heads != 0)
        {
            texts.Add($"The width {width} must be a multiple of the number of heads, {heads}.");
        }

        if (texts.Count > 0)
        {
            throw new SequenceModelException(string.Join(" ", texts));
        }
    }
}
