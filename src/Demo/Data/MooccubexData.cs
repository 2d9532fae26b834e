namespace KpGrpc.Demo.Data;

/// <summary>The real input: MOOCCubeX courses and enrolments, priced by the Udemy catalogue.</summary>
internal static class MooccubexData
{
    /// <summary>Whether a folder holds all four files.</summary>
    public static bool IsIn(string folder) => Files(folder).All(File.Exists);

    /// <summary>Reads the folder.</summary>
    /// <exception cref="DemoException">A file cannot be used.</exception>
    public static DemoData Read(string folder)
    {
        var files = Files(folder);
        var paid = UdemyPrices.Read(files[3]);
        var courses = MooccubexCourses.Read(files[0], new PriceRule(paid));
        var histories = MooccubexEnrolments.Read(files[1..3], courses.WorkIdByNumber);
        return new DemoData(
            "MOOCCubeX: real courses of Chinese universities and real enrolments",
            [
                $"Prices are not MOOCCubeX's: each course gets one of the {paid.Count:N0} prices of paid Udemy courses, chosen by the hash of its id (whole US dollars).",
                "The enrolment files carry no times, so the times are made up: they rise by one minute in the order of the file.",
                "The producer of a course is the first school it names; courses without one share a fallback producer.",
            ],
            courses.Works,
            courses.Producers,
            histories);
    }

    private static string[] Files(string folder) =>
    [
        Path.Combine(folder, "mooccubex", "courses.csv"),
        Path.Combine(folder, "mooccubex", "train.txt"),
        Path.Combine(folder, "mooccubex", "test.txt"),
        Path.Combine(folder, "udemy", "udemy_courses.csv"),
    ];
}
