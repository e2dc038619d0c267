import com.adobe.epubcheck.tool.EpubChecker;

/** Runs EPUBCheck over many books in one JVM: most of its time goes into starting, not into checking. */
public class Epubchecks {
    /** Arguments are pairs: a book, and the file for its JSON report. */
    public static void main(String[] arguments) {
        for (int i = 0; i < arguments.length; i += 2) {
            // -u reports USAGE too, which its default leaves out.
            new EpubChecker().run(new String[] {arguments[i], "-q", "-u", "--json", arguments[i + 1]});
        }
    }
}
