# Lays a bundle down: cmake -DPROGRAM=hansa -DLAUNCHER=hansa_launcher -DLOADER=ld-linux-x86-64.so.2 -DFOLDER=bundle
# -P bundle.cmake
#
# FOLDER/bin/hansa, the launcher; FOLDER/lib, the program with every library that it needs and the loader. Nothing of the
# system is used where it runs, and the folder may be moved.
file(GET_RUNTIME_DEPENDENCIES EXECUTABLES ${PROGRAM} RESOLVED_DEPENDENCIES_VAR libraries
     UNRESOLVED_DEPENDENCIES_VAR missing)
if(missing)
  message(FATAL_ERROR "libraries that ${PROGRAM} needs are not found: ${missing}")
endif()
set(part ${FOLDER}.part)
file(REMOVE_RECURSE ${part})
file(MAKE_DIRECTORY ${part}/bin ${part}/lib)
foreach(library IN LISTS libraries)
  get_filename_component(name ${library} NAME)
  file(COPY_FILE ${library} ${part}/lib/${name} ONLY_IF_DIFFERENT)
endforeach()
if(NOT EXISTS ${part}/lib/${LOADER})
  find_file(loader ${LOADER} PATHS /lib64 /lib /lib/x86_64-linux-gnu REQUIRED NO_DEFAULT_PATH)
  file(COPY_FILE ${loader} ${part}/lib/${LOADER})
endif()
file(COPY_FILE ${PROGRAM} ${part}/lib/hansa)
file(COPY_FILE ${LAUNCHER} ${part}/bin/hansa)
file(CHMOD ${part}/bin/hansa ${part}/lib/hansa ${part}/lib/${LOADER}
     PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
file(REMOVE_RECURSE ${FOLDER})
file(RENAME ${part} ${FOLDER})
list(LENGTH libraries count)
message(STATUS "${FOLDER}: bin/hansa with ${count} libraries")
